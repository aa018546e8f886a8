"""Batches made in a thread of their own while the network learns from the last one."""
import atexit
import queue
import threading


def ahead(batches, room=4):
    """-> an iterator over `batches`, an endless one, of which up to `room` are made ahead. What stops the thread is raised where the next batch is taken:
    otherwise everybody would wait for it for ever."""
    made = queue.Queue(room)
    over = threading.Event()

    def put(item):
        while not over.is_set():
            try:
                return made.put(item, timeout=0.1)
            except queue.Full:
                pass

    def make():
        try:
            for batch in batches:
                put((batch, None))
                if over.is_set():
                    return
        except Exception as error:
            put((None, error))

    def end():
        over.set()
        thread.join(60)

    def taken():
        while True:
            batch, error = made.get()
            if error:
                raise error
            yield batch

    thread = threading.Thread(target=make, daemon=True)
    thread.start()
    # Python ends what is left of threads wherever they are, in a library's C++ too, which aborts the program.
    atexit.register(end)
    return taken()
