"""What waits for whom: the queues of the desk as data, read with one query; the digest tells of the same ones."""
