"""The service for other programs: REST under /api/v1, MCP tools, permalinks, health and metrics."""
