"""What a practice says of itself to machines: schema.org's LearningResource as JSON-LD.

https://schema.org/LearningResource
"""

import json

from django.utils.safestring import SafeString, mark_safe

from practices.citations import PORTAL, Citation

#: What would end or open a script element, or a line for old JavaScript.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def json_ld(page, citation: Citation, authors: list[dict]) -> SafeString:
    """The JSON for a `<script type="application/ld+json">`, safe to stand in HTML."""
    grades = [f"{grade} класс" for grade in sorted(page.grades)]
    data = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": page.title,
        "description": page.summary,
        "url": citation.url,
        "inLanguage": "ru",
        "learningResourceType": str(page.get_kind_display()),
        "educationalLevel": [*page.level_labels, *grades],
        "about": [subject.name for subject in page.subjects.all()],
        "keywords": list(citation.keywords),
        "author": [{"@type": "Person", "name": author["name"]} for author in authors if author["is_named"]],
        "datePublished": f"{citation.published:%Y-%m-%d}",
        "license": page.licence_url,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": PORTAL},
    }
    if page.last_published_at:
        data["dateModified"] = page.last_published_at.isoformat()
    if page.school:
        data["sourceOrganization"] = {"@type": "EducationalOrganization", "name": page.school.title}
    known = {name: value for name, value in data.items() if value}
    return mark_safe(json.dumps(known, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above
