# Tamroi's image: web, worker, beat and migrate are the same image with another command (docker-compose.yml).
# Nothing of requirements/local.txt (embedded servers) or requirements/dev.txt gets in.

FROM python:3.13-slim-trixie AS build
WORKDIR /srv/tamroi
COPY requirements/uv.txt requirements/base.txt requirements/
RUN python -m venv /opt/tamroi \
 && /opt/tamroi/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && /opt/tamroi/bin/uv pip install --python /opt/tamroi/bin/python --no-cache --compile-bytecode \
    --require-hashes -r requirements/base.txt \
 && /opt/tamroi/bin/python -m pip uninstall --yes uv pip
COPY . .
# Neither command looks at a secret or a server; the values only satisfy the settings.
RUN SECRET_KEY=build PUBLIC_ORIGIN=https://build.invalid MEDIA_ROOT=/nonexistent \
    DATABASE_URL=postgresql://build.invalid/build REDIS_URL=redis://build.invalid/0 \
    DJANGO_SETTINGS_MODULE=config.settings.base \
    sh -c '/opt/tamroi/bin/python -m config.messages && /opt/tamroi/bin/python manage.py collectstatic --no-input'

FROM python:3.13-slim-trixie
ENV PATH=/opt/tamroi/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.base \
    MEDIA_ROOT=/var/lib/tamroi/media
RUN useradd --system --uid 10001 --no-create-home tamroi \
 && install -d -o tamroi -g tamroi /var/lib/tamroi/media /run/tamroi
COPY --from=build /opt/tamroi /opt/tamroi
COPY --from=build /srv/tamroi /srv/tamroi
WORKDIR /srv/tamroi
USER tamroi
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "8", "config.wsgi:application"]
