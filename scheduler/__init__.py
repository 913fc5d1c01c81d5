"""The entrance for time: plain steps, called by one ticking file."""
