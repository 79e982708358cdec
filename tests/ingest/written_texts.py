"""Texts of a source, written into a folder as its publisher would."""


def folder_of_texts(path, texts, encoding):
    """File name -> text, or bytes that stay as they are; gives the folder."""
    path.mkdir(parents=True, exist_ok=True)
    for file_name, text in texts.items():
        (path / file_name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path
