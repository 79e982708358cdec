"""`python -m dahlia`; in the repository `python -m workflow.command`."""

if __name__ == "__main__":
    if __package__ == "dahlia":
        from dahlia import main
    else:
        from workflow.command import main
    main()
