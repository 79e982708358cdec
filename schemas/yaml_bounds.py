"""YAML that means more than anybody wrote: aliases that unfold without bound, or hold themselves."""

from yaml.nodes import MappingNode, Node, SequenceNode

MOST_NODES = 200_000
"""Nodes of the unfolded file: an alias counts as everything it stands for."""


def unfolds_without_bound(root: Node) -> str:
    """A fault where aliases, written out, would make more than MOST_NODES nodes, or hold themselves."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: Node) -> int:
        if id(node) in open_nodes:
            raise UnboundedError(
                f"line {node.start_mark.line + 1}: an anchor that holds itself. Write its content out."
            )
        if id(node) not in sizes:
            open_nodes.add(id(node))
            pairs = node.value if isinstance(node, MappingNode) else []
            parts = node.value if isinstance(node, SequenceNode) else [part for pair in pairs for part in pair]
            sizes[id(node)] = 1 + sum(map(size, parts))
            open_nodes.discard(id(node))
        if sizes[id(node)] > MOST_NODES:
            line = node.start_mark.line + 1
            raise UnboundedError(f"line {line}: unfolds to more than {MOST_NODES} values. Use fewer aliases (*name).")
        return sizes[id(node)]

    try:
        size(root)
    except UnboundedError as fault:
        return str(fault)
    return ""


class UnboundedError(Exception):
    """The file means more than anybody wrote."""
