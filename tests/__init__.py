import schemas  # noqa: F401  # sets what pandas asks when it is loaded
