"""What the pages of this module have in common."""

from notifications.permissions import settles_letters


class RoomMixin:
    """The links between the rooms: that of the letters for those alone who may enter it."""

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(settles_letters=settles_letters(self.request.user), **kwargs)
