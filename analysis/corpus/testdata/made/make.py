# Files as other tools write them. Made with Python 3, pandas and pyarrow:
#
#   pip install pandas pyarrow && python3 make.py
#
# TestMade reads them all as the same three articles.
import pandas as pd

frame = pd.DataFrame({
    "title": ["Talks fail", "Talks go on", "Talks “end”"],
    "publication": ["The Post", "The Mail", "The Post"],
    "authors": [["A. Byrne"], ["B. Writer", "C. Doe"], []],
    "date": pd.to_datetime(["2024-05-02 08:00", "2024-05-03 09:30", "2024-05-04 10:00"]),
    "url": ["https://post.example/1", "https://mail.example/2", "https://post.example/3"],
    "content": [
        "The envoy of Freedonia left the room, and said \"no\".\n\nNobody followed him out.",
        "The envoy’s answer was “never”, in Séoul; and nobody laughed.",
        "The envoy of Sylvania came back, at last, and signed the paper.",
    ],
})
flat = frame.assign(authors=frame.authors.str.join(", "))
frame.to_parquet("pyarrow.parquet")                                     # snappy, lists, timestamps in nanoseconds or microseconds
flat.to_csv("index.csv")                                                # with a column of numbers that has no name
flat.to_csv("excel.csv", index=False, sep=";", encoding="utf-8-sig")    # as Excel writes in most of Europe
flat.to_csv("utf16.tsv", index=False, sep="\t", encoding="utf-16")      # Excel's Unicode text
flat.to_csv("windows.csv", index=False, encoding="cp1252")
flat.to_csv("packed.csv.gz", index=False)
frame.to_json("lines.jsonl", orient="records", lines=True)              # dates in milliseconds
frame.to_json("list.json", orient="records", indent=1, date_format="iso")
frame.to_json("records.json.zip", orient="records")
