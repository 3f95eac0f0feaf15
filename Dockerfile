# The API in a container: the server of `make run`, without AWS. docs/deploy.md says how to run it.
#
# BASE has Python 3.13. Where it has no pip, or no registry can be reached, `make wheels` puts the wheels, and pip to
# install them with, into wheels/ first.
ARG BASE=docker.io/library/python:3.13-slim-bookworm

FROM ${BASE} AS build
WORKDIR /build
COPY layers/qr_engine/requirements.txt layer.txt
COPY scripts/local_api/requirements.txt server.txt
COPY container/remove_pip.py wheels/*.whl wheels/
# The pins that Lambda runs and those of the server, by their hashes; nothing is compiled but to bytecode.
RUN set -e; \
    for pip in wheels/pip-*.whl; do \
      if [ -e "$pip" ]; then export PYTHONPATH="$pip" PIP_NO_INDEX=1 PIP_FIND_LINKS=wheels; fi; \
    done; \
    python3 -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-compile --no-deps \
      --only-binary :all: --require-hashes --requirement layer.txt --requirement server.txt --target /srv/packages
COPY template.yaml /srv/template.yaml
COPY layers/qr_engine/qr_engine /srv/layers/qr_engine/qr_engine
COPY functions /srv/functions
COPY scripts/serve.py /srv/scripts/serve.py
COPY scripts/local_api /srv/scripts/local_api
# The file system will be read-only: what is not compiled here would be compiled at every start.
RUN python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash /srv

FROM ${BASE}
COPY container/remove_pip.py /tmp/remove_pip.py
RUN ["python3", "/tmp/remove_pip.py"]
COPY --from=build /srv /srv
ENV PYTHONPATH=/srv/packages PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=3000
WORKDIR /srv
USER 65534:65534
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["python3", "/srv/scripts/local_api/probe.py"]
ENTRYPOINT ["python3", "/srv/scripts/serve.py"]
CMD []
