"""The public pages: they read editions and public statuses, and nothing else."""
