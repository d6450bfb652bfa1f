"""The WSGI application that waitress or gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from bermitra.site.warm import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bermitra.site.settings")
application = get_wsgi_application()
warm_up()
