"""What every room builds with: doors and keys, layouts, components, the database's manners.

It knows no word of mentoring.
"""
