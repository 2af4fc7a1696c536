"""What every room builds with: doors and keys, layouts, components, the database's manners.

It would serve any site: nothing here says what Loimi is for.
"""
