"""What people are told of outside the desk: the rows that a worker then sends."""
