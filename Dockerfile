# One image for the three services; the command names the one to run.
ARG BASE=python:3.12-slim

FROM ${BASE} AS build
ENV UV_PROJECT_ENVIRONMENT=/app/.venv UV_PYTHON_DOWNLOADS=never UV_NO_CACHE=1 UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /src
RUN pip install --no-cache-dir --root-user-action=ignore --disable-pip-version-check uv==0.13.9
# The dependencies change less often than the code: a layer of their own.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --quiet --no-default-groups --no-install-project
COPY README.md LICENSE ./
COPY depesche depesche
COPY services services
COPY shared shared
RUN uv sync --frozen --quiet --no-default-groups --no-editable

FROM ${BASE}
WORKDIR /app
COPY --from=build /app/.venv /app/.venv
COPY config config
# In a container 127.0.0.1 is the container's own: only 0.0.0.0 is reached from outside it.
ENV PATH=/app/.venv/bin:${PATH} \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DEPESCHE_HOST=0.0.0.0 \
    DEPESCHE_CONFIG=/app/config
USER 10001:10001
ENTRYPOINT ["depesche"]
