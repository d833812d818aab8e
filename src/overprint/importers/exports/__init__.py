"""What the readers of exports share: safe XML and JSON, the choice of entries, comments, and HTML held in fields."""
