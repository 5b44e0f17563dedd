#pragma once

// For tests only: a certificate and key that did not exist before.

#include <cstdio>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string>

namespace tasdiq::net {

/// Writes a self-signed P-256 certificate for `names` ("DNS:localhost,IP:127.0.0.1"), valid from
/// `from_s` to `until_s` seconds from now, and its key, as PEM files.
inline bool write_certificate(const std::string& names, long from_s, long until_s,
                              const std::string& certificate_file, const std::string& key_file) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"),
                                                                  &EVP_PKEY_free};
    const std::unique_ptr<X509, decltype(&X509_free)> certificate{X509_new(), &X509_free};
    if (!key || !certificate) return false;
    X509* x509 = certificate.get();
    X509_set_version(x509, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), from_s);
    X509_gmtime_adj(X509_getm_notAfter(x509), until_s);
    X509_set_pubkey(x509, key.get());
    X509_NAME* name = X509_get_subject_name(x509);
    const auto* common_name = reinterpret_cast<const unsigned char*>("test");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, common_name, -1, -1, 0);
    X509_set_issuer_name(x509, name);
    X509V3_CTX context;
    X509V3_set_ctx(&context, x509, x509, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension{
        X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, names.c_str()),
        &X509_EXTENSION_free};
    if (!extension || X509_add_ext(x509, extension.get(), -1) != 1) return false;
    if (X509_sign(x509, key.get(), EVP_sha256()) == 0) return false;

    using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
    const File certificate_out{std::fopen(certificate_file.c_str(), "w"), &std::fclose};
    const File key_out{std::fopen(key_file.c_str(), "w"), &std::fclose};
    return certificate_out && key_out && PEM_write_X509(certificate_out.get(), x509) == 1 &&
           PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
               1;
}

}  // namespace tasdiq::net
