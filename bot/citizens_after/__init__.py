"""The citizen after sending: looks it up, adds, answers, rates, reports again, withdraws, asks for the own data."""
