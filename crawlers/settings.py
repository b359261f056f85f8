"""Scrapy settings: politeness, limits, and the order of middlewares and item pipelines.

Values that depend on `kliping.toml` are set by `crawlers.spider.OutletSpider.update_settings`, so that
`scrapy crawl NAME` and `kliping crawl NAME` behave alike.
"""

import os
from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("kliping")
except PackageNotFoundError:  # a checkout that was not installed
    VERSION = "0"

BOT_NAME = "Kliping"  # the product token that robots.txt files may name (RFC 9309)
KLIPING_NEWSROOM = os.environ.get("KLIPING_NEWSROOM")  # host:port of the bundled newsroom; only the handler goes there
SPIDER_LOADER_CLASS = "crawlers.loader.OutletSpiderLoader"
SPIDER_MODULES = ["crawlers.spider"]
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TWISTED_DNS_RESOLVER = "crawlers.middlewares.guard.GuardedResolver"
DOWNLOAD_HANDLERS = {  # nothing but the web: no file:, data:, ftp: or s3:
    "http": "crawlers.handler.NewsroomHandler",
    "https": "crawlers.handler.NewsroomHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

# Manners: one request at a time per host, never faster than the outlet file, Crawl-delay or the server allow.
CONCURRENT_REQUESTS = 4
# No new request while an answer is being read: what was fetched and not yet stored is fetched again after a kill.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1  # byte
CONCURRENT_ITEMS = 4  # a callback yields one item or a few requests; 100 tasks for each answer would be wasted
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0  # seconds; the outlet file's `delay` replaces it
DOWNLOAD_DELAY_JITTER = 0  # jitter would undercut a Crawl-delay by half
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.0  # never below DOWNLOAD_DELAY
AUTOTHROTTLE_MAX_DELAY = 60.0
COOKIES_ENABLED = False
REFERER_ENABLED = False
HTTPPROXY_ENABLED = False  # a proxy would resolve names itself, past the network guard
METAREFRESH_ENABLED = False  # a refresh in HTML is the page's own business; only HTTP redirects are followed
ROBOTSTXT_OBEY = False  # ours replaces Scrapy's, which fetches on although robots.txt answers 503
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.8",
}

# Limits
REDIRECT_MAX_TIMES = 5  # RFC 9309 asks for at least five for robots.txt; more is a loop
DNS_TIMEOUT = 20
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
DOWNLOAD_VERIFY_CERTIFICATES = True
HTTPERROR_ALLOW_ALL = True  # the spider settles every status itself
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the run records the failure; one place is enough
URLLENGTH_LIMIT = 4000  # what pipeline.urls accepts

# Order. A request passes from the lowest number to the highest, its response back from the highest.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawlers.middlewares.guard.GuardMiddleware": 50,  # before anything is asked of a forbidden address
    "crawlers.middlewares.turns.TurnsMiddleware": 60,  # before robots.txt: it too is a request to the host
    "crawlers.middlewares.robots.RobotsMiddleware": 100,
    "crawlers.middlewares.conditional.ConditionalMiddleware": 410,
    "crawlers.middlewares.retry.PoliteRetryMiddleware": 550,
    "crawlers.middlewares.redirect.QuietRedirectMiddleware": 600,
    "crawlers.middlewares.unpack.UnpackMiddleware": 590,
    # Above 600, or the redirect middleware swallows every 3xx before it is recorded; above 590, so that bodies are raw.
    "crawlers.middlewares.capture.CaptureMiddleware": 605,
    "crawlers.middlewares.replay.ReplayMiddleware": 990,
}
ITEM_PIPELINES = {
    "crawlers.item_pipelines.WindowPipeline": 100,
    "crawlers.item_pipelines.CanonicalPipeline": 200,
    "crawlers.item_pipelines.CommitPipeline": 900,
}
EXTENSIONS = {
    "crawlers.report.RunExtension": 0,
    "crawlers.limits.SizeLimit": 0,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # listings and articles in the order they were found

# Nothing listens for remote control.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Logs go to standard error.
LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[str] = []
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"  # what became of the page is in the ledger
STATS_DUMP = False
LOGSTATS_INTERVAL = 0.0
