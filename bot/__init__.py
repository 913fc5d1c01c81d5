"""The entrance for people: one conversation, the same on every channel."""
