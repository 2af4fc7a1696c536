"""The people: their accounts, and later their competence profiles and consents.

One person is one account, however many ways in and programmes they have.
"""
