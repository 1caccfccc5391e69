"""What the product knows of Kazakh, Russian and English, apart from any one text."""
