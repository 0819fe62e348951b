from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from core.blocks import TextBody
from core.fields import BodyField
from core.models import BasePage
from home.blocks import HomeBody


class HomePage(BasePage):
    """The portal's front door, composed by an editor of search, numbers, newest practices and free blocks."""

    body = BodyField(HomeBody(), verbose_name=_("parts"), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")


class StandardPage(BasePage):
    """A page of plain content: about the portal, help, rules."""

    body = BodyField(TextBody(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")


class LinkBlock(blocks.StructBlock):
    """A line of a menu: a page of the portal, or an address elsewhere."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.CharBlock(label=_("or address"), required=False, max_length=300)

    class Meta:
        icon = "link"
        label = _("Link")


class MenuBlock(blocks.StreamBlock):
    link = LinkBlock()


class ColumnBlock(blocks.StructBlock):
    """A column of links at the foot of each page."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")


class FooterBlock(blocks.StreamBlock):
    column = ColumnBlock()


@register_setting(icon="home")
class SiteSettings(BaseSiteSetting):
    """What stands around every page: the main menu, the footer, whom to write to."""

    menu = BodyField(MenuBlock(max_num=7, required=False), verbose_name=_("main menu"), blank=True)
    footer = BodyField(FooterBlock(max_num=4, required=False), verbose_name=_("footer"), blank=True)
    about = models.TextField(_("about the portal, in the footer"), blank=True, max_length=400)
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=60, blank=True)
    contact_address = models.CharField(_("postal address"), max_length=250, blank=True)

    panels = [
        "menu",
        "footer",
        "about",
        MultiFieldPanel(["contact_email", "contact_phone", "contact_address"], _("Contacts")),
    ]

    class Meta:
        verbose_name = _("menus and contacts")
