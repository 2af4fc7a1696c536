"""Pages over several rooms: the front page, today, and what a visitor sees first."""
