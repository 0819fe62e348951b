"""What happened to people, for the modules above. Sent inside the transaction of what happened."""

from django.dispatch import Signal

#: A consent was given: `user`, `kind` (a code of ConsentText.Kind).
consent_given = Signal()

#: A consent was taken back: `user`, `kind`.
consent_withdrawn = Signal()

#: A person is about to erase their account: `user`, `keep_name` (whether published works go on naming them).
#: The account still stands; what is theirs is handed over or let go of now.
person_leaving = Signal()
