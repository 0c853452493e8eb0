"""A checked dossier folder -> drafts, through the verbs, in one transaction."""
