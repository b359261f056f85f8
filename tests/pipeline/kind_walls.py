"""Walls of payment, challenges and refusals."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Kind
from tests.pipeline.kind_site import Case, bare, linked_data, site, story
from tests.pipeline.kind_texts import CHALLENGES, HEADLINES, LANGUAGES, SUBSCRIBE, paragraphs


def of_payment() -> Iterator[Case]:
    for language in LANGUAGES:
        wall = f"<div class='box'><b>{SUBSCRIBE[language]}</b></div>"
        yield Case(f"teaser with words in {language}", Kind.PAYWALL, story(language, 2, wall))
    wall = "<div class='paywall-overlay'>Berlangganan untuk membaca</div>"
    yield Case("teaser under a class", Kind.PAYWALL, story("id", 2, wall))
    for value in (False, "False", "false"):
        head = linked_data(**{"@type": "NewsArticle", "headline": HEADLINES["id"], "isAccessibleForFree": value})
        yield Case(f"teaser that is not free ({value!r})", Kind.PAYWALL, story("id", 2, head=head))
        yield Case(f"a whole text that is not free ({value!r})", Kind.ARTICLE, story("id", 16, head=head))
    part = {
        "@type": "NewsArticle",
        "headline": HEADLINES["id"],
        "isAccessibleForFree": False,
        "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".premium"},
    }
    yield Case(
        "teaser whose rest is hidden", Kind.PAYWALL, story("en", 3, "<div class='premium'></div>", linked_data(**part))
    )
    yield Case(
        "teaser of seven paragraphs, not free",
        Kind.PAYWALL,
        story(
            "en",
            7,
            "<p>To read the full story, subscribe.</p>",
            linked_data(**{"@type": "NewsArticle", "isAccessibleForFree": False}),
        ),
    )
    yield Case(
        "teaser that is locked by its tier",
        Kind.PAYWALL,
        story("en", 2, head="<meta property='article:content_tier' content='locked'>"),
    )
    yield Case(
        "article of a free tier",
        Kind.ARTICLE,
        story("en", 8, head="<meta property='article:content_tier' content='free'>"),
    )
    yield Case(
        "article that asks for subscribers",
        Kind.ARTICLE,
        story("en", 8, "<div class='newsletter'>Subscribe to our newsletter</div>"),
    )
    yield Case(
        "article on paywalls",
        Kind.ARTICLE,
        site(
            "<main><h1>Newspapers ask readers to subscribe</h1><div class='entry-content'>"
            "<p>“Subscribe to continue reading,” says the box that readers of the paper know.</p>"
            + paragraphs("en", 7)
            + "</div></main>"
        ),
    )
    yield Case(
        "log-in in place of the text",
        Kind.PAYWALL,
        site(
            "<main><h1>Masuk ke akun Anda</h1><form><input name=u><input type=password><button>Masuk</button></form></main>",
            "Masuk - Kabar Kota",
        ),
    )


def of_refusal() -> Iterator[Case]:
    for language in LANGUAGES:
        title, words = CHALLENGES[language]
        yield Case(f"challenge in {language}", Kind.BLOCK_PAGE, bare(f"<h1>{title}</h1><p>{words}</p>", title))
        yield Case(
            f"challenge with a widget in {language}",
            Kind.BLOCK_PAGE,
            bare(f"<h1>{title}</h1><div class='g-recaptcha'></div><p>{words}</p>", "kabar.example"),
        )
    vendors = {
        "cloudflare": (403, "<title>Just a moment...</title><form id='challenge-form'></form>"),
        "cloudflare at 200": (200, "<script>window._cf_chl_opt={cType:'managed'};</script><noscript>Enable JavaScript and cookies to continue</noscript>"),
        "cloudflare 1015": (429, "<title>Access denied | kabar.example used Cloudflare</title><div id='cf-wrapper'><h1>Error 1015</h1><p>You are being rate limited. Ray ID: 9</p></div>"),
        "cloudflare ban": (403, "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1><p>Your IP: 192.0.2.1 Cloudflare Ray ID: 9</p>"),
        "datadome": (403, "<script>var dd={'host':'geo.captcha-delivery.com'}</script><p>Please enable JS and disable any ad blocker</p>"),
        "akamai": (403, "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this on this server. Reference #18.2"),
        "akamai at 200": (200, "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this on this server. Reference #18.2"),
        "imperva": (200, "<iframe id='main-iframe' src='/_Incapsula_Resource?CWUDNSAI=1'>Request unsuccessful. Incapsula incident ID: 1</iframe>"),
        "imperva, script": (200, "<title>Pardon Our Interruption</title><h1>Pardon Our Interruption</h1><p>As you were browsing something made us think you were a bot: enable cookies.</p>"),
        "sucuri": (403, "<title>Sucuri WebSite Firewall - Access Denied</title><h1>Access Denied</h1><p>Your IP: 192.0.2.1 Block ID: GEO02</p>"),
        "aws waf": (405, "<title>Human Verification</title><script>window.gokuProps={}</script><div id='captcha-container'></div>"),
        "perimeterx": (200, "<title>Access to this page has been denied</title><div id='px-captcha'></div>"),
        "wordfence": (503, "<title>Your access to this site has been limited</title><h1>Your access to this site has been limited by the site owner</h1><p>Wordfence</p>"),
        "f5": (200, "<title>Request Rejected</title>The requested URL was rejected. Please consult with your administrator. Your support ID is: 123"),
        "geetest": (200, "<title>安全验证</title><div class='geetest_holder'></div><p>拖动滑块完成验证</p>"),
        "radware": (200, "<title>Radware Captcha Page</title><iframe src='https://validate.perfdrive.com/captcha'></iframe>"),
    }  # fmt: skip
    for name, (status, html) in vendors.items():
        yield Case(f"wall of {name}", Kind.BLOCK_PAGE, f"<html><body>{html}</body></html>", status=status)
    yield Case(
        "consent wall",
        Kind.BLOCK_PAGE,
        bare(
            "<h1>Before you continue</h1><p>We value your privacy. Accept all cookies to continue to the site.</p><button>Accept</button>",
            "Kabar",
        ),
    )
    yield Case(
        "consent wall in Indonesian",
        Kind.BLOCK_PAGE,
        bare(
            "<h1>Kami menghargai privasi Anda</h1><p>Setujui penggunaan kuki untuk melanjutkan ke situs.</p><button>Setuju</button>",
            "Kabar",
        ),
    )
    yield Case(
        "age gate",
        Kind.BLOCK_PAGE,
        bare("<h1>Verify your age</h1><p>Are you over 18?</p><a href='?y'>Yes</a><a href='?n'>No</a>", "Kabar"),
    )
