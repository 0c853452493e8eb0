"""What readers may see of budgets: the figures of published imports, and nothing else."""
