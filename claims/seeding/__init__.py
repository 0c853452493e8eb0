"""Dossier folders: YAML files read with every fault named, and brought into the drafts through the verbs."""
