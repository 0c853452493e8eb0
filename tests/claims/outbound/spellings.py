"""Spellings of addresses: those that must be refused, by reason, and those that must not."""

REFUSED: dict[str, tuple[str, ...]] = {
    "empty": (
        "",
    ),
    "too_long": (
        "http://example.com/" + "a" * 8_192, "http://" + "a." * 5_000 + "com/",
    ),
    "space": (
        " http://example.com/", "http://example.com/ ", "http://exam ple.com/", "http://example.com/a b",
        "http://example.com\xa0/", "http://example.com/\u3000", "http://example.com\u2028/",
        "http://exa\u2003mple.com/",
    ),
    "control_character": (
        "http://example.com/\x0d\x0aHost: internal", "http://example.com/\x0a", "\x09http://example.com/",
        "http://exam\x00ple.com/", "http://example.com\x7f/", "http://exam\u200bple.com/",
        "http://example.com/\u202etxt.exe", "http://127.0.0.1\u2060.example.com/", "http://example\xad.com/",
        "http://\ufeffexample.com/", "http://example.com/\ud800", "http://example.com/\x1f",
        "http://e\u200dxample.com/", "http://example.com/\ue000",
    ),
    "backslash": (
        "http://127.0.0.1\\@example.com/", "http:\\\\127.0.0.1/", "http://example.com\\.evil.com/",
        "http:/\\127.0.0.1/", "http://example.com\\@127.0.0.1/", "http://example.com/\\..\\x", "\\\\127.0.0.1\\share",
    ),
    "no_scheme": (
        "example.com/", "//example.com/", "/etc/passwd", "127.0.0.1", "?x", "www.example.com", "://example.com/",
        "1http://example.com/",
    ),
    "scheme_not_allowed": (
        "file:///etc/passwd", "ftp://example.com/", "gopher://127.0.0.1:70/_x", "javascript:alert(1)",
        "data:text/html,x", "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "ws://example.com/", "wss://example.com/",
        "jar:http://example.com/!/", "view-source:http://example.com/", "localhost:8000/", "example.com:80/",
        "blob:https://example.com/1", "ssh://example.com/", "tftp://example.com/x", "netdoc:///etc/passwd",
        "phar://x.phar", "mailto:a@example.com", "httpx://example.com/", "http+unix://%2Fsock/", "about:blank",
        "s3://bucket/key", "chrome://settings", "FILE:///etc/passwd",
    ),
    "no_host": (
        "http://", "http:///path", "http://?x", "http://#x", "http:example.com/", "http:/example.com/", "https:",
        "http://:80/", "https:///", "http://::1/",
    ),
    "userinfo": (
        "http://user@example.com/", "http://user:pass@example.com/", "http://example.com@127.0.0.1/",
        "http://@example.com/", "http://127.0.0.1@example.com/", "http://example.com:80@127.0.0.1:80/",
        "http://a:b:c@example.com/", "http://news.example.com%40127.0.0.1@x.com/", "https://[::1]@example.com/",
        "http://example.com:@127.0.0.1/",
    ),
    "percent_in_host": (
        "http://127.0.0.%31/", "http://%31%32%37.0.0.1/", "http://example%2ecom/", "http://exam%70le.com/",
        "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://example.com%00.evil.com/",
        "http://example.com%2f.evil.com/", "http://%6c%6fcalhost/", "http://example.com%23.evil.com/",
    ),
    "bad_port": (
        "http://example.com:/", "http://example.com:0/", "http://example.com:65536/", "http://example.com:99999/",
        "http://example.com:-80/", "http://example.com:+80/", "http://example.com:080/", "http://example.com:80a/",
        "http://example.com:8_0/", "http://example.com:٨٠/", "http://example.com:80:80/",
        "http://[2606:4700::1111]:/", "http://[2606:4700::1111]80/", "http://example.com:0x50/",
        "http://127.0.0.1:80:443/", "http://example.com:８０/", "http://[[::1]]/",
    ),
    "port_not_allowed": (
        "http://example.com:22/", "http://example.com:25/", "http://example.com:6379/", "http://example.com:8000/",
        "http://example.com:8080/", "https://example.com:8443/", "http://8.8.8.8:53/",
        "http://[2606:4700::1111]:5432/", "http://example.com:1/", "http://example.com:65535/",
        "http://example.com:11211/", "http://example.com:81/",
    ),
    "bad_ipv6": (
        "http://[::1/", "http://[]/", "http://[::g]/", "http://[1:2:3]/", "http://[127.0.0.1]/", "http://[::1::]/",
        "http://[v1.fe80::a]/", "http://[12345::]/", "http://[example.com]/", "http://[::ffff:1.2.3.4.5]/",
        "http://[::ffff:256.1.1.1]/",
    ),
    "numeric_host": (
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://017700000001/", "http://0177.0.0.1/",
        "http://0177.0.0.01/", "http://127.1/", "http://127.0.1/", "http://0/", "http://0.0/", "http://1.1/",
        "http://10.1/", "http://0xa9fea9fe/", "http://2852039166/", "http://0xA9.0xFE.0xA9.0xFE/",
        "http://0251.0376.0251.0376/", "http://127.0.0.1./", "http://127.0.0.256/", "http://1.2.3.4.5/",
        "http://127.0.0.01/", "http://127.000.000.001/", "http://00000127.0.0.1/", "http://example.1/",
        "http://example.0x7f/", "http://example.com.0/", "http://192.168.1/", "http://192.168.257/", "http://0x/",
        "http://foo.0x/", "http://4294967295/", "http://8.8.8.8.8/", "http://08.8.8.8/", "http://134744072/",
        "http://1.1.1.1./", "http://0x8.0x8.0x8.0x8/", "http://18446744073709551617/", "http://127.0.0.0x1/",
    ),
    "lookalike_host": (
        "http://１２７.0.0.1/", "http://ｅxample.com/", "http://ℯxample.com/", "http://①②⑦.0.0.1/",
        "http://example\uff0ecom/", "http://\u338f.com/", "http://ﬁle.example.com/", "http://localhosﬅ/",
        "http://example.\u24d2\u24de\u24dc/", "http://𝟙𝟚𝟟.0.0.1/", "http://e\u0301.com/", "http://\u2121.com/",
        "http://127\uff610\uff610\uff611/", "http://ﻟ.com/",
    ),
    "bad_idna": (
        "http://example\u3002com/", "http://xn--a.com/", "http://\u2603.com/", "http://\U0001f4a9.example/",
        "http://xn--ls8h.la/", "http://-ก.com/", "http://ก-.com/", "http://ก..com/", "http://\u0301a.com/",
        "http://аb_ก.com/", "http://xn--80ak6aa92eก.com/",
    ),
    "bad_host": (
        "http://a..b.com/", "http://.example.com/", "http://-example.com/", "http://example-.com/",
        "http://exa$mple.com/", "http://exam!ple.com/", "http://" + "a" * 64 + ".com/",
        "http://" + "abcdefgh." * 30 + "com/", "http://example.com../", "http://*.example.com/",
        "http://example.com;x.com/", "http://{host}.com/", "http://exam'ple.com/", "http://a,b.com/",
        'http://ex"ample.com/', "http://<x>.com/", "http://./", "http://xn--.com/", "http://xn--example-.com/",
    ),
    "single_label": (
        "http://intranet/", "http://router/", "http://com/", "http://postgres/", "http://metadata/", "http://com./",
    ),
    "local_name": (
        "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://x.localhost/",
        "http://printer.local/", "http://db.internal/", "http://metadata.google.internal/", "http://nas.lan/",
        "http://box.home.arpa/", "http://x.onion/", "http://api.default.svc/", "http://localhost.localdomain/",
        "http://kubernetes.default.svc.cluster.local/", "http://Db.Internal./",
    ),
    "this_network": (
        "http://0.0.0.0/", "http://0.1.2.3/", "http://[::]/", "http://[0:0:0:0:0:0:0:0]/",
    ),
    "loopback": (
        "http://127.0.0.1/", "http://127.255.255.254/", "https://127.0.0.1:443/", "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/", "http://127.0.0.1:8000/", "http://127.0.0.1#@example.com/",
        "http://127.0.0.1?@example.com/", "HTTP://127.0.0.1/",
    ),
    "private_network": (
        "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.255/",
        "http://192.168.0.1/", "http://192.168.255.255/", "http://[fc00::1]/", "http://[fdff::1]/",
        "http://[fec0::1]/", "http://[fd00:ec2::254]/",
    ),
    "shared_network": (
        "http://100.64.0.1/", "http://100.127.255.255/", "http://100.100.100.200/",
    ),
    "link_local": (
        "http://169.254.169.254/latest/meta-data/", "http://169.254.0.1/", "http://[fe80::1]/", "http://[febf::1]/",
    ),
    "metadata_service": (
        "http://168.63.129.16/",
    ),
    "protocol_network": (
        "http://192.0.0.1/", "http://192.0.0.192/", "http://[2001:1::1]/", "http://[2001:20::1]/",
        "http://[2001:10::1]/", "http://[5f00::1]/",
    ),
    "documentation_network": (
        "http://192.0.2.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://[2001:db8::1]/",
        "http://[3fff::1]/", "http://[3fff:fff::1]/",
    ),
    "benchmark_network": (
        "http://198.18.0.1/", "http://198.19.255.255/", "http://[2001:2::1]/",
    ),
    "transition_network": (
        "http://192.88.99.1/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/", "http://[2001:0:7f00:1::]/",
        "http://[2001::1]/",
    ),
    "embedded_ipv4": (
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[::7f00:1]/",
        "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::1]/",
        "http://[::ffff:0:127.0.0.1]/", "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::8.8.8.8]/",
        "http://[0:0:0:0:0:ffff:10.0.0.1]/", "http://[::8.8.8.8]/",
        "http://[0000:0000:0000:0000:0000:FFFF:7F00:0001]/",
    ),
    "discard_network": (
        "http://[100::1]/", "http://[100:0:0:1::1]/",
    ),
    "reserved_network": (
        "http://240.0.0.1/", "http://254.1.2.3/", "http://[4000::1]/", "http://[200::1]/", "http://[1::1]/",
        "http://[e000::1]/",
    ),
    "multicast": (
        "http://224.0.0.1/", "http://239.255.255.250/", "http://[ff02::1]/", "http://[ff0e::1]/",
    ),
    "broadcast": (
        "http://255.255.255.255/",
    ),
}  # fmt: skip

# as given -> as asked for
ALLOWED: dict[str, str] = {
    "http://example.com": "http://example.com/",
    "HTTP://EXAMPLE.COM/A": "http://example.com/A",
    "https://example.com:443/": "https://example.com/",
    "http://example.com:80/x": "http://example.com/x",
    "http://example.com:443/": "http://example.com:443/",
    "http://example.com./": "http://example.com/",
    "https://ไทย.com/": "https://xn--o3cw4h.com/",
    "https://xn--o3cw4h.com/": "https://xn--o3cw4h.com/",
    "https://www.nacc.go.th/ข\u0e48าว?หน\u0e49า=๑": (
        "https://www.nacc.go.th/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7"
        "?%E0%B8%AB%E0%B8%99%E0%B9%89%E0%B8%B2=%E0%B9%91"
    ),
    "https://example.com/a%20b#part": "https://example.com/a%20b",
    "https://example.com/?q=a&b=[1]|2": "https://example.com/?q=a&b=[1]|2",
    "http://8.8.8.8/": "http://8.8.8.8/",
    "http://[2606:4700:0:0:0:0:0:1111]/x": "http://[2606:4700::1111]/x",
    "http://r3---sn-abc.example.com/": "http://r3---sn-abc.example.com/",
    "http://under_score.example.com/": "http://under_score.example.com/",
    "http://1password.com/": "http://1password.com/",
    "http://example.com//double//slash": "http://example.com//double//slash",
    "http://example.com/@user": "http://example.com/@user",
    "http://example.com?x=http://127.0.0.1/": "http://example.com/?x=http://127.0.0.1/",
    "http://172.32.0.1/": "http://172.32.0.1/",
    "http://100.128.0.1/": "http://100.128.0.1/",
    "http://localhost.example.com/": "http://localhost.example.com/",
    "http://mylocal.org/": "http://mylocal.org/",
    "http://127.0.0.1.example.com/": "http://127.0.0.1.example.com/",
}  # fmt: skip
