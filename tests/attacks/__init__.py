"""What hostile or clumsy people try, and what they get: one clear sentence, and nothing half-written."""
