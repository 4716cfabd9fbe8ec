"""The whole entry point: serves the page at http://127.0.0.1:7860/ (or GRADIO_SERVER_NAME:GRADIO_SERVER_PORT).

The same file starts a Hugging Face Space, where SPACE_ID is set and the page is served to everybody.
"""

from aigc_demo.ui.server import main

if __name__ == "__main__":
    main()
