"""What is counted and reported: pure values that views fill and messages render."""
