"""The portal as visitors' browsers meet it."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response


class House:
    """`house.visitor(width=360)` is a fresh visitor's tab; what their browsers complain of gathers in `complaints`."""

    def __init__(self, address: str, browser: Browser):
        self.address = address
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        #: Errors of scripts, violations of the CSP, answers that failed, requests to strangers.
        self.complaints: list[str] = []
        #: Hosts that a test itself lets a visitor ask.
        self.allowed: set[str] = {urlsplit(address).netloc}

    def visitor(self, *, width: int = 1280, height: int = 900, javascript: bool = True, **options) -> Page:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="ru-RU",
            timezone_id="Asia/Vladivostok",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        context.on("request", self.asked)
        context.on("response", self.answered)
        page = context.new_page()
        page.on("console", self.said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc not in self.allowed:
            self.complaints.append(f"asked of a third party: {request.url}")

    def answered(self, response: Response) -> None:
        """A page may be missing, as a test means it to be; a part of a page may not."""
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.status}: {response.url}")

    def said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def sign_in(self, page: Page, email: str, password: str) -> None:
        page.goto("/accounts/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{self.address}/cabinet/")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
