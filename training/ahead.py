"""Batches made in a thread of their own while the network learns from the last one."""
import queue
import threading


def ahead(batches, room=4):
    """-> an iterator over `batches`, an endless one, of which up to `room` are made ahead. What stops the thread is raised where the next batch is taken:
    otherwise everybody would wait for it for ever."""
    made = queue.Queue(room)

    def make():
        try:
            for batch in batches:
                made.put((batch, None))
        except Exception as error:
            made.put((None, error))

    def taken():
        while True:
            batch, error = made.get()
            if error:
                raise error
            yield batch

    threading.Thread(target=make, daemon=True).start()
    return taken()
