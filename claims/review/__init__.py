"""How a revision comes to be published: one table of transitions, rules as data, and the verbs of people."""
