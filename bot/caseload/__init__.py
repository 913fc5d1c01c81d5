"""Agencies handle citizens' cases in chat: their list, one case, what can be done with it, conduct cases.

A case is shown by its content, never by who sent it; that is asked for with a reason, and logged.
"""
