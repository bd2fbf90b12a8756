"""The days a certificate's holder has to keep: ends, visits, renewals and replaced editions."""
