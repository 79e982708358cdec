# A container with the command `dahlia`: docker build -t dahlia . && docker run -v "$PWD:/study" dahlia run
# Written from pyproject.toml by `make environment`, and kept in step by a test. It has not been built by its authors.
FROM python:3.11-slim
COPY . /dahlia
RUN pip install --no-cache-dir --require-hashes -r /dahlia/requirements.lock \
 && pip install --no-cache-dir --no-deps --no-build-isolation /dahlia
WORKDIR /study
ENTRYPOINT ["dahlia"]
