import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitplan.config.settings")
application = get_wsgi_application()

# What is loaded by now stays for good. Not to look through it again and again for something to throw away
# makes long pages a fifth quicker, and leaves the memory that workers share untouched.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
