# The program in a container, for everyone who has no Python of their own to give it.
#
#   docker build -t aigc-demo .
#   docker run --rm -p 127.0.0.1:7860:7860 -v aigc-demo:/data aigc-demo
#
# The checkout belongs to root and the program to a user who cannot write it; /data holds runs, caches and imported models.
FROM python:3.12-slim

RUN useradd --create-home --uid 1000 aigc && install --directory --owner aigc --group aigc /data /tmp/gradio

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY app.py README.md LICENSE ./
COPY aigc_demo ./aigc_demo
COPY checkpoints ./checkpoints
RUN python -m compileall -q aigc_demo app.py

USER aigc
ENV AIGC_DEMO_HOME=/data \
    GRADIO_SERVER_NAME=0.0.0.0 \
    GRADIO_SERVER_PORT=7860 \
    GRADIO_TEMP_DIR=/tmp/gradio \
    PYTHONDONTWRITEBYTECODE=1
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['GRADIO_SERVER_PORT']}/device\", timeout=4)"]
CMD ["python", "app.py"]
