"""Plugs the rooms together: settings, addresses, the process and the commands.

Nothing else imports from here.
"""
