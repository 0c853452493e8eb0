"""Re-checking linked sources: does each source still say what we quoted?"""
