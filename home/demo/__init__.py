"""The demo: a city's portal with invented people, schools and practices, as it looks after some years of work.

`data/` holds the content, the modules beside it say how it comes into the database: people and roles, subjects
and their hues, pages and menus, practices with their history, and the life around them (`life`): reviews, drafts,
reports of reuse, complaints. The command `manage.py demo` runs them in order.
"""
