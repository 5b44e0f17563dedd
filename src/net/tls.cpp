#include "net/tls.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/system/system_error.hpp>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <optional>

namespace tasdiq::net {
namespace {

namespace ssl = asio::ssl;

NetFailure failure(const std::string& file, const ErrorCode& error) {
    return {NetError::kTlsFiles,
            file + ": " + std::string{to_string(NetError::kTlsFiles)} + ": " + error.message()};
}

/// Everything after TLS 1.1, with the ciphers that OpenSSL itself considers good.
Result<ssl::context, NetFailure> make_context(ssl::context::method method) {
    std::optional<ssl::context> made;
    try {
        made.emplace(method);
    } catch (const boost::system::system_error& error) {
        return std::unexpected{NetFailure{NetError::kTlsFiles, error.what()}};
    }
    ssl::context& context = *made;
    if (SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION) != 1) {
        return std::unexpected{NetFailure{NetError::kTlsFiles, "OpenSSL cannot do TLS 1.2"}};
    }
    SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    return std::move(context);
}

}  // namespace

Result<ssl::context, NetFailure> make_server_tls(const std::string& certificate_file,
                                                 const std::string& key_file) {
    TRY(ssl::context context, make_context(ssl::context::tls_server));
    ErrorCode error;
    context.use_certificate_chain_file(certificate_file, error);
    if (error) return std::unexpected{failure(certificate_file, error)};
    context.use_private_key_file(key_file, ssl::context::pem, error);
    if (error) return std::unexpected{failure(key_file, error)};
    if (SSL_CTX_check_private_key(context.native_handle()) != 1) {
        return std::unexpected{NetFailure{
            NetError::kTlsFiles, key_file + ": the key does not belong to " + certificate_file}};
    }
    return context;
}

Result<ssl::context, NetFailure> make_client_tls(const std::string& ca_file) {
    TRY(ssl::context context, make_context(ssl::context::tls_client));
    ErrorCode error;
    context.set_verify_mode(ssl::verify_peer, error);
    if (!error && ca_file.empty()) context.set_default_verify_paths(error);
    if (!error && !ca_file.empty()) context.load_verify_file(ca_file, error);
    if (error) return std::unexpected{failure(ca_file.empty() ? "system store" : ca_file, error)};
    return context;
}

bool expect_host(Stream& stream, const std::string& host) {
    SSL* handle = stream.ssl();
    ErrorCode not_an_address;
    (void)asio::ip::make_address(host, not_an_address);
    if (!not_an_address) {
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(handle), host.c_str()) == 1;
    }
    SSL_set_hostflags(handle, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (SSL_set1_host(handle, host.c_str()) != 1) return false;
    // SSL_set_tlsext_host_name without the macro's old-style cast.
    return SSL_ctrl(handle, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(host.c_str())) == 1;
}

std::string certificate_problem(Stream& stream) {
    const long result = SSL_get_verify_result(stream.ssl());
    if (result == X509_V_OK) return {};
    return X509_verify_cert_error_string(result);
}

}  // namespace tasdiq::net
