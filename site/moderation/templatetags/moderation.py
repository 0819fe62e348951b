from django import template
from django.db import models
from django.urls import reverse

from moderation import registry

register = template.Library()


@register.inclusion_tag("moderation/complaint_link.html")
def complaint_link(obj: models.Model) -> dict:
    """A quiet link to the form of complaint, the same for all readers; nothing for what nobody registered."""
    known = registry.of(obj)
    return {"url": reverse("moderation:complain", args=[known.label, obj.pk]) if known else ""}
