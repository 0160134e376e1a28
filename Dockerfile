# The service alone, for a machine that has its Neo4j beside it (docker-compose.yml).
FROM python:3.12-slim AS build
WORKDIR /build
COPY locks/ locks/
RUN python -m venv /tools \
 && /tools/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r locks/tools.txt \
 && /tools/bin/uv venv --quiet /opt/missingnet \
 && /tools/bin/uv pip sync --quiet --no-cache --python /opt/missingnet/bin/python \
      --require-hashes --only-binary :all: locks/run.txt
COPY pyproject.toml README.md ./
COPY missingnet/ missingnet/
RUN /tools/bin/python -m hatchling build -t wheel \
 && /tools/bin/uv pip install --quiet --no-cache --no-deps --python /opt/missingnet/bin/python dist/*.whl

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/missingnet --shell /usr/sbin/nologin missingnet \
 && install -d -o missingnet -g missingnet -m 0700 /var/lib/missingnet
COPY --from=build /opt/missingnet /opt/missingnet
ENV PATH=/opt/missingnet/bin:$PATH MISSINGNET_HOME=/var/lib/missingnet MISSINGNET_CACHE=/var/lib/missingnet/cache PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER missingnet
EXPOSE 8000
VOLUME /var/lib/missingnet
ENTRYPOINT ["missingnet"]
CMD ["serve"]
