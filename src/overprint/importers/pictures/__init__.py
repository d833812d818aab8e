"""Pictures of imported essays: gathered from sources and the web, and made safe to print."""
