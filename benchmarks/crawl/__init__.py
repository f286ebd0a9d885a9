"""How fast a child crawl goes beside a bare Scrapy spider, and how much memory it holds."""
