"""From a text to the sentences in it that could be checked. Pure; nothing is rated, a person picks."""
