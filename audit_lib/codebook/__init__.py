"""The codebook and the coder: what a comment says, as codes with the words that show it."""
