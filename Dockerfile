# Dateline in a container: docker build -t dateline . && docker run --rm -p 8501:8501 dateline
# The README, "Hosting", says how it stands behind nginx and what was tried.

FROM python:3.11.14-slim-bookworm AS packages
WORKDIR /build
COPY requirements.txt .
# From wheels alone, and only those whose hashes the lock file names: nothing is compiled, and no pip goes along.
RUN python -m venv --without-pip /opt/dateline \
    && pip --python /opt/dateline/bin/python install --no-cache-dir --only-binary :all: --require-hashes -r requirements.txt

FROM python:3.11.14-slim-bookworm
RUN pip uninstall --yes pip setuptools wheel \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin dateline
COPY --from=packages /opt/dateline /opt/dateline
WORKDIR /app
COPY .streamlit .streamlit
COPY data data
COPY loaders loaders
COPY pages pages
COPY dashboard.py ./
RUN chmod -R a+rX . && /opt/dateline/bin/python -m compileall -q dashboard.py loaders pages

USER 10001
# config.toml keeps to this machine; in a container everywhere is meant, and the address that readers type has to be
# named, or Streamlit would ask outside for it.
ENV PATH=/opt/dateline/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_SERVER_FILE_WATCHER_TYPE=none \
    STREAMLIT_SERVER_SCRIPT_HEALTH_CHECK_ENABLED=true \
    STREAMLIT_BROWSER_SERVER_ADDRESS=localhost
EXPOSE 8501
# Healthy is a server that answers and can show its first page; asking has it read the story before a reader comes.
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as net; [net.urlopen(f'http://127.0.0.1:{os.environ[\"STREAMLIT_SERVER_PORT\"]}/_stcore/{path}', timeout=18) for path in ('health', 'script-health-check')]"]
CMD ["streamlit", "run", "dashboard.py"]
