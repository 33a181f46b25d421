"""The staff's pages, under /staff: pages that the server writes, and a little script for the keys.

They are not part of the Gradio page. Gradio makes endpoints by itself (queue, calls, files, uploads) that would each
have to be guarded, keeps state in a browser's session, and needs its script to show anything. Here every page is one
request, nothing is reached that is not a route written down in this room, one doorkeeper stands before all of them,
and each page works without the script, too.
"""
