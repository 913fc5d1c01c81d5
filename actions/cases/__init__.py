"""What can be done to a citizen's case: by the sender, the coordinating office, the agency, and by time."""
